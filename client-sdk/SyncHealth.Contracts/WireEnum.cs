namespace SyncHealth.Contracts;

/// <summary>The names under which the members of an enum travel on the wire and stand in dictionaries.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class WireEnum<T>
    where T : struct, Enum
{
    private readonly Dictionary<T, string> _names = [];
    private readonly Dictionary<string, T> _values = new(StringComparer.Ordinal);

    internal WireEnum(params (T Value, string Name)[] pairs)
    {
        foreach (var (value, name) in pairs)
        {
            _names.Add(value, name);
            _values.Add(name, value);
        }
    }

    /// <summary>All wire names, in the order of their codes.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>The wire name of a member.</summary>
    /// <exception cref="KeyNotFoundException">The member has no wire name (for example <c>SyncOutcome.None</c>).</exception>
    public string NameOf(T value) => _names[value];

    /// <summary>The wire name of a member, or <c>unknown</c> for a number that has none.</summary>
    public string NameOrUnknown(T value) => _names.TryGetValue(value, out var name) ? name : "unknown";

    /// <summary>Finds the member of a wire name; names are case-sensitive.</summary>
    public bool TryParse(string name, out T value) => _values.TryGetValue(name, out value);
}
