/** What an API refused or failed at, in its own words: `{"error": name, "message": sentences}`. */
export class ApiError extends Error {
  override readonly name: string;

  constructor(
    readonly status: number,
    name: string,
    message: string,
    readonly details: unknown = undefined,
  ) {
    super(message);
    this.name = name;
  }

  /** Whether the sign-in is over: the page signs in again and nothing that was typed is lost. */
  get signedOut(): boolean {
    return this.status === 401;
  }
}

/** Return the error that an answer's body describes, whichever of our parts it is from. */
export function errorOf(status: number, body: unknown): ApiError {
  const { error, message, details } = (body ?? {}) as Record<string, unknown>;
  if (typeof error === "string" && typeof message === "string") {
    return new ApiError(status, error, message, details);
  }
  if (typeof error === "object" && error !== null && "message" in error) {
    const code = "code" in error ? String(error.code) : "GatewayError";
    return new ApiError(status, code, String(error.message));
  }
  return new ApiError(status, "UnknownError", `The server answered ${status}. Try again.`);
}

/** Return any error as a sentence for people. */
export function sentence(error: unknown): string {
  if (error instanceof ApiError) return [error.message, ...reasons(error.details)].join(" ");
  if (error instanceof TypeError) {
    return "The server could not be reached. Check your connection, and try again.";
  }
  return error instanceof Error ? error.message : String(error);
}

/** What is wrong with each field, where an answer lists it: `{"field", "message"}`. */
function reasons(details: unknown): string[] {
  if (!Array.isArray(details)) return [];
  return details.flatMap(({ field, message }: Record<string, unknown>) =>
    typeof message === "string" ? [field ? `${field}: ${message}` : message] : [],
  );
}
