using System.Text;
using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Intake;

/// <summary>Names that identify dictionary rows stand in unique indexes, whose rows Postgres bounds. One event of hostile length must not break a commit.</summary>
internal static class NameLimits
{
    /// <summary>Bytes of the names of one index row: a btree row may have 2,704, and the rest is ids.</summary>
    private const int MaxIndexedBytes = 2_400;

    /// <summary>Most bytes that a UTF-16 character takes in UTF-8.</summary>
    private const int MaxBytesPerCharacter = 3;

    /// <summary>Cuts the names of a row to 200 characters each when together they would not fit.</summary>
    public static void Hold(ref EventRow row, ref Adjustments adjustments)
    {
        ref var key = ref row.Segment;
        if (!Fits(key.App, key.Environment, key.AppVersion, key.Os, key.OsVersion))
        {
            key = key with
            {
                App = Short(key.App),
                Environment = Short(key.Environment),
                AppVersion = Short(key.AppVersion),
                Os = Short(key.Os),
                OsVersion = Short(key.OsVersion),
            };
            adjustments.Cut++;
        }

        if (row.ErrorCode is { } code)
            row.ErrorCode = Hold(code, ref adjustments);
    }

    /// <summary>The name, or its first 200 characters when it would not fit into an index by itself.</summary>
    public static string Hold(string name, ref Adjustments adjustments)
    {
        if (Fits(name))
            return name;
        adjustments.Cut++;
        return Short(name);
    }

    /// <summary>The first 200 characters, and no half of a surrogate pair.</summary>
    public static string Short(string name)
    {
        if (name.Length <= EventLimits.MaxTagLength)
            return name;
        return name[..(char.IsHighSurrogate(name[EventLimits.MaxTagLength - 1]) ? EventLimits.MaxTagLength - 1 : EventLimits.MaxTagLength)];
    }

    private static bool Fits(params ReadOnlySpan<string> names)
    {
        var characters = 0;
        foreach (var name in names)
            characters += name.Length;
        if (characters * MaxBytesPerCharacter <= MaxIndexedBytes)
            return true;
        var bytes = 0;
        foreach (var name in names)
            bytes += Encoding.UTF8.GetByteCount(name);
        return bytes <= MaxIndexedBytes;
    }
}
