namespace SyncHealth.Alerting.Worker.Channels;

/// <summary>An answer, or why there is none.</summary>
/// <param name="Failure">Null when the status is a success.</param>
/// <param name="Status">HTTP status; 0 when no answer came.</param>
/// <param name="Body">The beginning of the body.</param>
internal sealed record HttpAnswer(Delivery? Failure, int Status, string Body);
