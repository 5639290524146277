// Types of the one function that the suite uses from jstat, which ships none.

declare module 'jstat' {
  interface Jstat {
    readonly beta: {
      /** The value below which a beta-distributed variable lies with probability `p`. */
      inv(p: number, alpha: number, beta: number): number;
    };
  }
  const module: { readonly jStat: Jstat };
  // biome-ignore lint/style/noDefaultExport: this is how the package exports it.
  export default module;
}
