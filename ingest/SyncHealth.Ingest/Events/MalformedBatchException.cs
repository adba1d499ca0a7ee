namespace SyncHealth.Ingest.Events;

/// <summary>A body that cannot be read as a batch at all. Never leaves the decoder that throws it.</summary>
/// <param name="code">Reason code.</param>
/// <param name="message">For a person.</param>
internal sealed class MalformedBatchException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
