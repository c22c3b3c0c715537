/** What is loaded of LHC-Forms, in this order: what its README asks for, with the library of one version of FHIR. */
export const LHC_FILES = [
  'webcomponent/assets/lib/zone.min.js',
  'webcomponent/runtime.js',
  'webcomponent/polyfills.js',
  'webcomponent/main.js',
  'fhir/R4/lformsFHIR.min.js',
] as const;
