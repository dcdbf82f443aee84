import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { fileURLToPath, URL } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The address of the API that `npm run dev` and `vite preview` talk to. */
const leadwire = process.env['LEADWIRE_URL'] ?? 'http://localhost:5173';
const proxy = {
  // The page at /api/docs is the console's; everything else there is the API's.
  '/api': {
    target: leadwire,
    bypass: ({ url }: { url?: string }) => (url?.split('?')[0] === '/api/docs' ? '/index.html' : undefined),
  },
  '/local': { target: leadwire },
  '/ws': { target: leadwire, ws: true },
};

export default defineConfig({
  plugins: [
    react(),
    // React Aria speaks thirty languages; ours are these (Hindi falls back to English).
    { ...optimizeLocales.vite({ locales: ['en-US', 'es-ES', 'pt-BR'] }), enforce: 'pre' },
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { port: 5174, strictPort: true, proxy },
  preview: {
    port: 5175,
    strictPort: true,
    proxy,
    headers: {
      'content-security-policy':
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' data: blob:; connect-src 'self' ws: wss:; frame-ancestors 'none'",
    },
  },
  build: {
    target: 'es2022',
    // A data: URL of a font or an icon would need a wider policy.
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
  },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});
