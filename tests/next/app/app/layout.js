import Link from 'next/link';

export const metadata = { title: 'Shop' };

export default function Layout({ children }) {
  return (
    <html>
      <body>
        <nav>
          <Link href="/users/8" prefetch={false}>
            user 8
          </Link>
          <Link href="/items/4" prefetch={false}>
            item 4
          </Link>
        </nav>
        {children}
      </body>
    </html>
  );
}
