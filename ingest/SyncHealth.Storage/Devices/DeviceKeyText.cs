using System.Globalization;

namespace SyncHealth.Storage.Devices;

/// <summary>Device keys as people and addresses write them: 16 hexadecimal digits.</summary>
public static class DeviceKeyText
{
    /// <summary>Digits of a whole key.</summary>
    public const int Length = 16;

    /// <summary>Fewer digits could be anything, and match thousands of devices.</summary>
    public const int MinPrefix = 4;

    public static string Of(long key) => key.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The key, or null when the text is none.</summary>
    public static long? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Length && Range(text) is { } range ? range.Low : null;
    }

    /// <summary>The keys that begin with the text; null when it is no beginning of a key, or too short to mean one.</summary>
    public static (long Low, long High)? Range(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is < MinPrefix or > Length || !text.All(char.IsAsciiHexDigit))
            return null;
        var low = ulong.Parse(text.PadRight(Length, '0'), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var high = ulong.Parse(text.PadRight(Length, 'f'), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (unchecked((long)low), unchecked((long)high));
    }
}
