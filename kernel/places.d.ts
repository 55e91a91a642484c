export declare const isInstalled: boolean;
export declare const ownFolder: string;
export declare const ownEnvironment: string;
