namespace SyncHealth.Storage.Vitals;

/// <summary>A question that cannot be answered as asked; the message names what is allowed.</summary>
/// <param name="parameter">The part of the question at fault, by its name in the API: <c>by</c>, <c>filter</c>, <c>step</c>, <c>from</c> or <c>tz</c>.</param>
/// <param name="message">What is wrong and what is allowed.</param>
public sealed class VitalsQueryException(string parameter, string message) : ArgumentException(message)
{
    /// <summary>The part of the question at fault.</summary>
    public string Parameter { get; } = parameter;
}
