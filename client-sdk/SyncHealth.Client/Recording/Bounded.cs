using SyncHealth.Contracts;

namespace SyncHealth.Client.Recording;

/// <summary>Keeps what the host passes inside the contract's sizes, so that no event can be refused for its length.</summary>
internal static class Bounded
{
    internal static string? Text(string? value) => Cut(value, EventLimits.MaxStringLength);

    internal static string Name(string? value) => Cut(value, EventLimits.MaxStringLength) ?? "";

    internal static string? Tag(string? value) => Cut(value, EventLimits.MaxTagLength);

    internal static int Count(int value) => Math.Max(0, value);

    internal static long? Ms(TimeSpan? value) => value is { } time ? Math.Max(0, (long)time.TotalMilliseconds) : null;

    private static string? Cut(string? value, int length)
    {
        if (value is null || value.Length <= length)
            return value;
        // Never between the halves of a surrogate pair: half a character is no UTF-8.
        return value.Substring(0, char.IsHighSurrogate(value[length - 1]) ? length - 1 : length);
    }
}
