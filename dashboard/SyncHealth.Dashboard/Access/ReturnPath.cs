namespace SyncHealth.Dashboard.Access;

/// <summary>Where somebody wanted to go before signing in: a page of this installation and of no other.</summary>
public static class ReturnPath
{
    /// <summary>The name of the parameter that holds it.</summary>
    public const string Parameter = "to";

    private const string Overview = "/";

    /// <summary>Characters: the address of a page with every filter set is far shorter.</summary>
    private const int MaxLength = 2000;

    /// <summary>The address of the sign-in page that leads back to one of ours.</summary>
    public static string SignIn(string pathAndQuery)
    {
        var path = Parse(pathAndQuery);
        return path == Overview ? AccessPaths.Login : $"{AccessPaths.Login}?{Parameter}={Uri.EscapeDataString(path)}";
    }

    /// <summary>
    /// The path with its query when it stays here, else the overview. Browsers read <c>//host</c> and <c>/\host</c> as another site, and drop tabs and line
    /// breaks before they do.
    /// </summary>
    public static string Parse(string? text) =>
        text is { Length: > 1 and <= MaxLength } && text[0] == '/' && text[1] is not ('/' or '\\') && !text.Any(character => char.IsControl(character) || character == '\\')
        && !AccessPaths.IsForm(text)
            ? text
            : Overview;
}
