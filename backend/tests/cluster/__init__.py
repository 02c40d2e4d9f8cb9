"""What the tests of a whole deployment, tests/cluster, have the hosts run with."""
