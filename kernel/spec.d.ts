/** The kernel's folder inside `share/jupyter` of a prefix, or inside Jupyter's folder of a user. */
export declare const kernelFolder: string;

/**
 * Content of kernel.json.
 *
 * @param heap megabytes of the JavaScript heap. Default 4096
 */
export declare function kernelSpec(heap?: number): string;
