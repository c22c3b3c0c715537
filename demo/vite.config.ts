import { globSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // Built pages work wherever they are put.
  base: './',
  // The demo is built from the source of the packages, so a build that is behind cannot mislead.
  resolve: { conditions: ['@clinic-widgets/source', 'module', 'browser', 'development|production'] },
  build: {
    target: 'es2022',
    sourcemap: true,
    rolldownOptions: {
      input: globSync('*.html', { cwd: import.meta.dirname }).map((page) => join(import.meta.dirname, page)),
    },
  },
});
