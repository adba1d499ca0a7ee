namespace SyncHealth.Alerting.Worker.Channels;

/// <summary>A value that must never reach a log, a page or a message. Printing or serialising it shows only that it is there.</summary>
public sealed class Secret
{
    private const string Mask = "***";
    private readonly string _value;

    /// <summary>Holds <paramref name="value"/> without surrounding white space: files of secrets tend to end in a line break.</summary>
    public Secret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value.Trim();
    }

    /// <summary>Whether there is nothing to hide.</summary>
    public bool IsEmpty => _value.Length == 0;

    /// <summary>The value itself, for the one place that sends it.</summary>
    public string Reveal() => _value;

    /// <summary>The text with every occurrence of the value masked: for what a vendor or a library says about a request.</summary>
    public string Redact(string text) => IsEmpty ? text : text.Replace(_value, Mask, StringComparison.Ordinal);

    public override string ToString() => Mask;
}
