namespace SyncHealth.Ingest.Intake;

/// <summary>Why a whole request was not taken.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">One of <see cref="Contracts.ReasonCodes"/>.</param>
/// <param name="Message">For a person.</param>
/// <param name="RetryAfter">When it is worth another try; null when it never is.</param>
internal sealed record Refusal(int Status, string Code, string Message, TimeSpan? RetryAfter = null);
