using System.Runtime.InteropServices;

namespace SyncHealth.Ingest.Intake;

/// <summary>Hashes what an event says, so that a resend is told from another event under the same identity.</summary>
/// <remarks>
/// Over the decoded values, not the bytes: order of fields, spelling of numbers, JSON or protobuf make no difference.
/// <c>ageMs</c> is left out, because it grows from one sending to the next.
/// </remarks>
internal static class EventBody
{
    private const int FieldCount = 26;

    public static int Hash(in DecodedEvent e)
    {
        ref readonly var row = ref e.Row;
        Span<long> fields = stackalloc long[FieldCount];
        fields[0] = (long)row.Type;
        fields[1] = (long)row.Outcome;
        fields[2] = (long)row.Direction;
        fields[3] = (long)row.ErrorKind;
        fields[4] = Text(row.ErrorCode);
        fields[5] = row.Metered is { } metered ? metered ? 1 : 2 : 0;
        fields[6] = row.DurationMs;
        fields[7] = row.Retries;
        fields[8] = row.QueuedItems;
        fields[9] = row.OldestPendingMs ?? -1;
        fields[10] = row.LastSuccessAt is { } success ? success.Ticks - row.EventAt.Ticks : 1;
        fields[11] = row.Pushed;
        fields[12] = row.Pulled;
        fields[13] = row.Applied;
        fields[14] = row.Rejected;
        fields[15] = row.BytesUp;
        fields[16] = row.BytesDown;
        fields[17] = row.ConflictCount;
        fields[18] = Conflicts(e);
        fields[19] = Text(row.DetailsJson);
        fields[20] = row.Seq ?? -1;
        fields[21] = (long)e.Trigger;
        fields[22] = (long)e.Network;
        fields[23] = Text(e.AppVersion);
        fields[24] = Text(e.Os);
        fields[25] = Text(e.OsVersion);
        var hash = XxHash64.Hash(MemoryMarshal.AsBytes(fields), seed: 0);
        return (int)(hash ^ (hash >> 32));
    }

    private static long Conflicts(in DecodedEvent e)
    {
        var hash = 0L;
        foreach (var conflict in e.Row.Conflicts ?? [])
        {
            ReadOnlySpan<long> line =
            [
                hash, Text(conflict.Entity), (long)conflict.Kind, (long)conflict.Strategy, (long)conflict.Winner, conflict.Discarded, conflict.Count,
            ];
            hash = XxHash64.Hash(MemoryMarshal.AsBytes(line), seed: 0);
        }

        return hash;
    }

    private static long Text(string? text) => text is null ? 0 : XxHash64.Hash(MemoryMarshal.AsBytes(text.AsSpan()), seed: 1);
}
