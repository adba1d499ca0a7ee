namespace SyncHealth.Storage.Causes;

/// <summary>An error's kind and code as one name, and back: <c>server:http_503</c>. A kind holds no colon; either may be empty.</summary>
public static class ErrorName
{
    public static string Of(string kind, string code) => $"{kind}:{code}";

    public static (string Kind, string Code) Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (name, "") : (name[..colon], name[(colon + 1)..]);
    }
}
