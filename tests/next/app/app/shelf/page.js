'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';

export default function Page() {
  const router = useRouter();
  return (
    <>
      <h1>Shelf</h1>
      <button onClick={() => router.push('/items/6')}>push item 6</button>
      <button onClick={() => router.replace(`${location.origin}/items/7`)}>
        replace by item 7
      </button>
      <Link href="/items/8">item 8, prefetched</Link>
    </>
  );
}
