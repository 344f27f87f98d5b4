/** Whether the component gallery is part of this build. */
declare const __GALLERY__: boolean;
/** The console's version. */
declare const __VERSION__: string;
