using System.Runtime.InteropServices;

namespace SyncHealth.Storage.Writes;

/// <summary>The requests of one transaction and their events in key order, twins within the group already found.</summary>
internal sealed class WriteGroup
{
    private WriteGroup(IReadOnlyList<WriteRequest> requests, GroupRow[] rows)
    {
        Requests = requests;
        Rows = rows;
    }

    public IReadOnlyList<WriteRequest> Requests { get; }

    /// <summary>Sorted by <see cref="GroupRow.Compare"/>.</summary>
    public GroupRow[] Rows { get; }

    /// <summary>Whether any request goes through the lane for resends.</summary>
    public bool HasStaged => Requests.Any(request => request.IsStaged);

    /// <summary>Builds a group. <paramref name="rows"/> holds the ids of the events in request order; it is completed and sorted.</summary>
    public static WriteGroup Build(IReadOnlyList<WriteRequest> requests, GroupRow[] rows)
    {
        var position = 0;
        for (var request = 0; request < requests.Count; request++)
        {
            var events = CollectionsMarshal.AsSpan(requests[request].Batch.Events);
            for (var index = 0; index < events.Length; index++)
                Identify(ref rows[position++], events[index], request, index);
        }

        Array.Sort(rows, GroupRow.Compare);
        return new WriteGroup(requests, rows);
    }

    public ref readonly EventRow EventOf(in GroupRow row) =>
        ref CollectionsMarshal.AsSpan(Requests[row.Request].Batch.Events)[row.Index];

    public EventBatch BatchOf(in GroupRow row) => Requests[row.Request].Batch;

    /// <summary>Sets every fate back to what the group and the tombstones alone know: before each try of the transaction.</summary>
    public void ForgetFates(ErasedKeys erased)
    {
        for (var i = 0; i < Rows.Length; i++)
        {
            ref var row = ref Rows[i];
            var isTwin = i > 0 && row.IsTwinOf(Rows[i - 1]);
            row.Fate = erased.Holds(row.DeviceKey, EventOf(row).UserKey) || (isTwin && Rows[i - 1].Fate == RowFate.Erased) ? RowFate.Erased
                : isTwin ? RowFate.RepeatsGroup
                : RowFate.New;
        }
    }

    /// <summary>Marks the rows that are staged as repeats of committed events, until <see cref="MarkNew"/> says otherwise.</summary>
    public void AssumeStagedKnown()
    {
        foreach (ref var row in Rows.AsSpan())
            if (row.Fate == RowFate.New && Requests[row.Request].IsStaged)
                row.Fate = RowFate.RepeatsEvent;
    }

    /// <summary>The row with this identity became an event.</summary>
    public void MarkNew(long deviceKey, long deviceAt, long eventHash) => Find(deviceKey, deviceAt, eventHash).Fate = RowFate.New;

    /// <summary>The row with this identity repeats an event with this body.</summary>
    public void MarkKept(long deviceKey, long deviceAt, long eventHash, int bodyHash) =>
        Find(deviceKey, deviceAt, eventHash).KeptBodyHash = bodyHash;

    /// <summary>What the committed transaction did with each request, in their order.</summary>
    public WriteReceipt[] Receipts()
    {
        var receipts = new WriteReceipt[Requests.Count];
        var erased = new List<int>?[Requests.Count];
        Array.Fill(receipts, new WriteReceipt(WriteStatus.Committed, 0, 0, 0));
        for (var i = 0; i < Rows.Length; i++)
        {
            ref var row = ref Rows[i];
            if (row.Fate == RowFate.Erased)
            {
                (erased[row.Request] ??= []).Add(row.Index);
                continue;
            }

            if (row.Fate == RowFate.RepeatsGroup)
                row.KeptBodyHash = Rows[i - 1].Fate == RowFate.New ? Rows[i - 1].BodyHash : Rows[i - 1].KeptBodyHash;
            var receipt = receipts[row.Request];
            receipts[row.Request] = row.Fate == RowFate.New
                ? receipt with { Accepted = receipt.Accepted + 1 }
                : receipt with
                {
                    Duplicates = receipt.Duplicates + 1,
                    IdConflicts = receipt.IdConflicts + (row.BodyHash == row.KeptBodyHash ? 0 : 1),
                };
        }

        for (var i = 0; i < receipts.Length; i++)
            if (erased[i] is { } positions)
                receipts[i] = receipts[i] with { Erased = positions };
        return receipts;
    }

    private static void Identify(ref GroupRow row, in EventRow source, int request, int index)
    {
        row.DeviceKey = source.DeviceKey;
        row.DeviceAt = PgTime.Micros(source.DeviceAt);
        row.EventHash = source.IdHash;
        row.BodyHash = source.BodyHash;
        row.Request = request;
        row.Index = index;
    }

    /// <summary>The first row with this identity: the one of all its twins that is written.</summary>
    private ref GroupRow Find(long deviceKey, long deviceAt, long eventHash)
    {
        var wanted = new GroupRow { DeviceKey = deviceKey, DeviceAt = deviceAt, EventHash = eventHash, Request = -1 };
        var position = Array.BinarySearch(Rows, wanted, Comparer<GroupRow>.Create(GroupRow.Compare));
        return ref Rows[~position];
    }
}
