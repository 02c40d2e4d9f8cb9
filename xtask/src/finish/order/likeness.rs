//! Which pieces of bytes resemble each other.

use std::collections::{BTreeMap, BTreeSet};

/// So many bytes in a row are one trait of a piece: about what a single instruction takes.
const TRAIT: usize = 4;

/// The fewer traits a piece has, the more of them are shared by chance.
const CHANCE: f64 = 20.0;

/// The pieces in an order in which each is followed by the one, of those left, that has most in common with it for its
/// size. It begins with the largest.
pub fn beside_their_like(pieces: &[&[u8]]) -> Vec<usize> {
    let traits = Traits::of(pieces);
    let mut by_size: Vec<_> = (0..pieces.len()).collect();
    by_size.sort_by_key(|&piece| std::cmp::Reverse(pieces[piece].len()));
    let mut is_left = vec![true; pieces.len()];
    let mut order = Vec::with_capacity(pieces.len());
    let mut largest_left = by_size.into_iter();
    let mut next = largest_left.next();
    while let Some(piece) = next {
        is_left[piece] = false;
        order.push(piece);
        next = traits.nearest(piece, &is_left).or_else(|| largest_left.find(|&piece| is_left[piece]));
    }
    order
}

struct Traits {
    /// Of each piece, by number.
    of: Vec<Vec<usize>>,
    /// The pieces that have each trait.
    holders: Vec<Vec<usize>>,
    /// What it says of two pieces that they share it: the more of them do, the less.
    weights: Vec<f64>,
}

impl Traits {
    fn of(pieces: &[&[u8]]) -> Self {
        let mut numbers = BTreeMap::new();
        let mut holders: Vec<Vec<usize>> = Vec::new();
        let mut of = Vec::with_capacity(pieces.len());
        for (piece, bytes) in pieces.iter().enumerate() {
            let all: BTreeSet<_> = bytes.windows(TRAIT).collect();
            let numbered = all.into_iter().map(|one| {
                let number = *numbers.entry(one).or_insert(holders.len());
                if number == holders.len() {
                    holders.push(Vec::new());
                }
                holders[number].push(piece);
                number
            });
            of.push(numbered.collect());
        }
        let weights = holders.iter().map(|these| (pieces.len() as f64 / these.len() as f64).ln()).collect();
        Self { of, holders, weights }
    }

    /// The piece that has most in common with this one, for its size, of those that are left.
    fn nearest(&self, piece: usize, is_left: &[bool]) -> Option<usize> {
        let mut common = BTreeMap::new();
        for &one in &self.of[piece] {
            for &other in self.holders[one].iter().filter(|&&other| is_left[other]) {
                *common.entry(other).or_insert(0.0) += self.weights[one];
            }
        }
        let likeness = |(other, common): (usize, f64)| (other, common / (self.of[other].len() as f64 + CHANCE));
        let nearest = common.into_iter().map(likeness).max_by(|(_, one), (_, other)| one.total_cmp(other));
        nearest.map(|(other, _)| other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stands_together_and_nothing_is_lost() {
        let pieces: [&[u8]; 5] =
            [b"one long piece of bytes!", b"another thing", b"one long piece", b"another think", b"x"];
        let order = beside_their_like(&pieces);
        assert_eq!(order, [0, 2, 1, 3, 4]);
    }

    #[test]
    fn the_order_of_nothing_is_nothing() {
        assert!(beside_their_like(&[]).is_empty());
    }
}
