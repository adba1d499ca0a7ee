using System.Globalization;

namespace SyncHealth.Alerting.Messages;

/// <summary>Counts with their noun.</summary>
internal static class Counted
{
    public static string Of(long count, string noun) =>
        count.ToString("N0", CultureInfo.InvariantCulture) + " " + (count == 1 ? noun : noun + "s");
}
