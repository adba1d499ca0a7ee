namespace SyncHealth.Storage.Accounts;

/// <summary>How names of people are written and told apart.</summary>
public static class AccountName
{
    /// <summary>Characters; the tables hold it too.</summary>
    public const int MaxLength = 200;

    /// <summary>A name as it is kept: without spaces around it, on one line; null when it is no name.</summary>
    public static string? Parse(string? text) =>
        text?.Trim() is { Length: > 0 and <= MaxLength } name && !name.Any(char.IsControl) ? name : null;

    /// <summary>What makes two names one person's.</summary>
    public static string KeyOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Trim().ToLowerInvariant();
    }
}
