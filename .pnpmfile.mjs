/** What a package is installed with. */
export const hooks = {
  readPackage(manifest) {
    // The bench loads the files of LHC-Forms that have everything in them: 120 MB that they were made from are not needed.
    if (manifest.name === 'lforms') manifest.dependencies = {};
    return manifest;
  },
};
