namespace SyncHealth.Storage.Keys;

/// <summary>An origin that a key's CORS preflights are answered for, as browsers write it: scheme, host and port, nothing behind.</summary>
public static class WebOrigin
{
    /// <summary>Lets a page of any origin send.</summary>
    public const string Any = "*";

    /// <summary>Origins of one key: every live key's are held in memory and looked through at each preflight.</summary>
    public const int MaxCount = 50;

    /// <summary>The origin in <paramref name="text"/>; null when it is none.</summary>
    public static string? Parse(string text) =>
        text == Any ? Any
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;
}
