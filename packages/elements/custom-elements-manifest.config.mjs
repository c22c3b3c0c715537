/** The manifest is for those who use the elements: it names what is published, and leaves out what is private. */
const published = {
  name: 'published',
  packageLinkPhase({ customElementsManifest: manifest }) {
    const built = (path) => path?.replace(/^\/?src\/(.*)\.ts$/, 'dist/$1.js');
    for (const module of manifest.modules) {
      module.path = built(module.path);
      for (const { declaration } of module.exports ?? []) {
        if (declaration?.module) declaration.module = built(declaration.module);
      }
      for (const declaration of module.declarations ?? []) {
        declaration.members = declaration.members?.filter(({ privacy }) => !privacy || privacy === 'public');
      }
    }
  },
};

export default {
  globs: ['src/**/*.ts'],
  exclude: ['src/**/*.test.ts'],
  litelement: true,
  outdir: '.',
  packagejson: false,
  plugins: [published],
};
