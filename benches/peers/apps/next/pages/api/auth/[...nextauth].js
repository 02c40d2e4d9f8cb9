import NextAuth from "next-auth";
import GoogleProvider from "next-auth/providers/google";
import axios from "axios";
import { isJwtExpired, makeUrl } from "../../../lib/utils";
const OP = process.env.BACKEND_API_BASE.replace(/\/api$/, "");
async function refreshTokens(refresh) {
  try {
    const { data } = await axios.post(makeUrl(process.env.BACKEND_API_BASE, "auth", "token", "refresh"), { refresh });
    return [data.access, data.refresh];
  } catch {
    return [null, null];
  }
}
export const authOptions = {
  session: { strategy: "jwt", maxAge: 24 * 60 * 60 },
  providers: [
    GoogleProvider({
      clientId: process.env.GOOGLE_CLIENT_ID,
      clientSecret: process.env.GOOGLE_CLIENT_SECRET,
      wellKnown: OP + "/.well-known/openid-configuration",
      issuer: OP,
    }),
  ],
  callbacks: {
    async jwt({ token, user, account }) {
      if (user && account?.provider === "google") {
        const { data } = await axios.post(makeUrl(process.env.BACKEND_API_BASE, "social", "login", account.provider), {
          access_token: account.access_token,
          id_token: account.id_token,
        });
        return { ...token, accessToken: data.access_token, refreshToken: data.refresh_token };
      }
      if (isJwtExpired(token.accessToken)) {
        const [a, r] = await refreshTokens(token.refreshToken);
        if (a && r) return { ...token, accessToken: a, refreshToken: r, error: undefined };
        return { ...token, error: "RefreshAccessTokenError" };
      }
      return token;
    },
    async session({ session, token }) {
      session.accessToken = token.accessToken;
      session.error = token.error;
      return session;
    },
  },
};
export default NextAuth(authOptions);
