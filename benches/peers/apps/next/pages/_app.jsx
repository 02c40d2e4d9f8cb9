export default function MyApp({ Component, pageProps }) {
  return <Component {...pageProps} />;
}
