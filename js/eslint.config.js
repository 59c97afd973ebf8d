// Run from the root of the repository (`npm run lint`): paths below start there.
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const shim = ['js/**/*.ts'];
const scripts = ['js/script.ts', 'js/errors-script.ts', 'js/debug-script.ts'];
const ofThePage = ['js/browser/**', 'js/next/browser/**', ...scripts];

const everywhere = [
  'AbortController AbortSignal Buffer Headers Request Response TextDecoder TextDecoderStream',
  'TextEncoder URL URLSearchParams WebAssembly clearInterval clearTimeout console crypto fetch',
  'performance process queueMicrotask setInterval setTimeout structuredClone',
];
const inPages = [
  'CustomEvent DOMException ErrorEvent Event FormData HTMLElement MouseEvent Throughline',
  'XMLHttpRequest addEventListener document',
  'history localStorage location navigator requestAnimationFrame scrollTo sessionStorage window',
];

const globals = (...lists) =>
  Object.fromEntries(lists.flatMap((list) => list.split(' ')).map((name) => [name, 'readonly']));

const pageOnly = (name) => ({
  name,
  message: 'Only js/browser/ and scripts know the page; everything else also runs in Node.',
});

// What importing a module may not do. A loop that fills a table of its own is fine, so loops are
// not looked into.
const atImport = [
  ['ExpressionStatement > CallExpression', 'calls something'],
  ['ExpressionStatement > AwaitExpression', 'waits'],
  ['ExpressionStatement > AssignmentExpression > MemberExpression.left', 'changes something'],
  ['ExpressionStatement > NewExpression', 'starts something'],
].map(([what, does]) => ({
  selector: `Program > ${what}`,
  message: `Importing this module ${does}; only scripts do anything by being loaded.`,
}));

export default defineConfig(
  globalIgnores(['build/', 'dist/', 'js/generated/', 'tests/cases/']),
  js.configs.recommended,
  {
    languageOptions: { globals: globals(...everywhere) },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  { files: ['demo/**', 'tests/**'], languageOptions: { globals: globals(...inPages) } },
  {
    // Emscripten's dialect: names that only its linker knows, and glue that covers built-in ones.
    files: ['wasm/**/*.js'],
    languageOptions: { sourceType: 'script' },
    rules: { 'no-redeclare': 'off', 'no-undef': 'off', 'no-unused-vars': 'off' },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // An index known to be in range: a check costs every page bytes and time, `!` costs nothing.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Putting a page's object back means deleting what was not there before.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Contradicts noPropertyAccessFromIndexSignature's spelling of optional names.
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  {
    files: shim,
    ignores: scripts,
    rules: { 'no-restricted-syntax': ['error', ...atImport] },
  },
  {
    files: shim,
    ignores: ofThePage,
    rules: { 'no-restricted-globals': ['error', ...['window', 'document', 'self'].map(pageOnly)] },
  },
  {
    // Old browsers know the old names only.
    files: ofThePage,
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    // Pages of applications of Next.js.
    files: ['tests/next/app/**/*.js'],
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
  },
  {
    files: ['tests/**/*.ts'],
    rules: {
      // Playwright tells what a fixture needs from its first parameter, an empty pattern included.
      'no-empty-pattern': 'off',
      // What a server received or a page returned is whatever it is; tests state what they expect.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
);
