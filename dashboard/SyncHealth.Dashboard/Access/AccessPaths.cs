namespace SyncHealth.Dashboard.Access;

/// <summary>Addresses of what deals with signing in.</summary>
public static class AccessPaths
{
    public const string Login = "/login";

    public const string Logout = "/logout";

    /// <summary>Where a one-time link leads, with the secret as a parameter: paths stand in traces, parameters do not.</summary>
    public const string Join = "/join";

    /// <summary>One's own password.</summary>
    public const string Account = "/account";

    /// <summary>The address of a one-time link below an installation's own.</summary>
    public static string JoinWith(string token) => $"{Join}?token={token}";

    /// <summary>Whether an address is one of those that nobody wants to come back to.</summary>
    internal static bool IsForm(string path) =>
        new[] { Login, Logout, Join }.Any(form => path.StartsWith(form, StringComparison.OrdinalIgnoreCase) && (path.Length == form.Length || path[form.Length] is '?' or '#' or '/'));
}
