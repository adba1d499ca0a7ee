namespace SyncHealth.Alerting.Messages;

/// <summary>The parts of one message that may fail: each that does is left out and named.</summary>
/// <param name="onFailure">Hears of each failure; null for nobody.</param>
internal sealed class WordedParts(Action<Exception>? onFailure)
{
    /// <summary>The annotation that names what was left out.</summary>
    private const string Note = "left out";

    private readonly List<string> _leftOut = [];

    /// <summary>The words of a part; null when they could not be found.</summary>
    public string? Word(string name, Func<string?> word)
    {
        try
        {
            return word();
        }
        catch (Exception failure)
        {
            onFailure?.Invoke(failure);
            _leftOut.Add(name);
            return null;
        }
    }

    /// <summary>The annotations of the message, with a note when something was left out.</summary>
    public IReadOnlyDictionary<string, string> Annotate(IReadOnlyDictionary<string, string> annotations) => _leftOut.Count == 0
        ? annotations
        : new Dictionary<string, string>(annotations) { [Note] = $"{string.Join(", ", _leftOut)}: could not be put into words" };
}
