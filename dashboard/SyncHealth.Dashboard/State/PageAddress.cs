using System.Text;

namespace SyncHealth.Dashboard.State;

/// <summary>Writes an address: a path and the parameters that say something.</summary>
public sealed class PageAddress(string path)
{
    private readonly StringBuilder _text = new(path);
    private bool _any;

    /// <summary>Adds a parameter, unless there is no value.</summary>
    public PageAddress With(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return this;
        _text.Append(_any ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _any = true;
        return this;
    }

    /// <summary>Adds a parameter once for each value.</summary>
    public PageAddress With(string name, IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
            With(name, value);
        return this;
    }

    public override string ToString() => _text.ToString();
}
