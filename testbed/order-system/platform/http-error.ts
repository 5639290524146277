// An answer to a request that is not the hoped-for one.

export class HttpError extends Error {
  readonly status: number;

  constructor(status: 400 | 404 | 409 | 503, message: string) {
    super(message);
    this.status = status;
  }
}
