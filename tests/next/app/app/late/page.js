import { Suspense } from 'react';

export const dynamic = 'force-dynamic';

async function Rest() {
  await new Promise((resolve) => setTimeout(resolve, 50));
  throw new Error('late');
}

export default function Page() {
  return (
    <Suspense fallback={<p>soon</p>}>
      <Rest />
    </Suspense>
  );
}
