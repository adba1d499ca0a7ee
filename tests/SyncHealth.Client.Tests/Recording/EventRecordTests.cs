using SyncHealth.Client.Recording;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Recording;

public sealed class EventRecordTests
{
    private readonly EventRecord _record = new(SyncType.Delta);

    [Fact]
    public void Add_SameConflictTwice_AddsUp()
    {
        _record.Add(Conflict("note", discarded: 1));
        _record.Add(Conflict("note", discarded: 2));
        _record.Add(Conflict("photo", discarded: 0));

        Assert.Equal(3, _record.ConflictCount);
        Assert.Equal([("note", 2, 3), ("photo", 1, 0)], _record.Conflicts!.Select(c => (c.Entity, c.Count, c.Discarded)));
    }

    [Fact]
    public void Add_MoreKindsOfConflictThanFit_CountsAllDescribesSome()
    {
        for (var i = 0; i < EventRecord.MaxEntries + 10; i++)
            _record.Add(Conflict("entity" + i, discarded: 0));

        Assert.Equal(EventRecord.MaxEntries + 10, _record.ConflictCount);
        Assert.Equal(EventRecord.MaxEntries, _record.Conflicts!.Count);
    }

    [Fact]
    public void Add_SameFailureAndSameReason_AddUp()
    {
        _record.Add(new FailureEntry("photo", "denied", "http_422", 1, true));
        _record.Add(new FailureEntry("photo", "denied", "http_422", 4, true));
        _record.Add(new FailureEntry("photo", "denied", "http_422", 1, false));
        _record.Add(new DeferredEntry("metered", 2));
        _record.Add(new DeferredEntry("metered", 3));

        Assert.Equal([5, 1], _record.Failures!.Select(f => f.Count));
        Assert.Equal([5], _record.Deferred!.Select(d => d.Count));
    }

    private static ConflictEntry Conflict(string entity, int discarded) =>
        new(entity, ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, discarded, 1);
}
