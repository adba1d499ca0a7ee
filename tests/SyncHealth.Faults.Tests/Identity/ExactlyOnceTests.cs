using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Faults.Tests.Identity;

/// <summary>B6: resends of any kind, on several writers at once, weeks apart: each identity counts once, with the first body that came.</summary>
public sealed class ExactlyOnceTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Write_ThirtyPercentRepeatsOnSeveralWriters_EveryCountIsExact()
    {
        var goal = new Goal("B6");
        var now = TimeProvider.System.GetUtcNow();
        var sendings = new Sendings(FaultScale.Of(test: 30_000, faults: 1_000_000, deep: 20_000_000), FaultScale.Seed, now);

        var (expected, actual) = await new ExactlyOnceRun(_database, sendings, now).RunAsync(writer => writer);

        Assert.Equal(expected, actual);
        var faults = new FaultCounters();
        faults.Count(FaultKind.Repeat, (int)actual.Duplicates);
        faults.Count(FaultKind.OtherBody, (int)actual.IdConflicts);
        faults.Require(FaultCounters.Least, FaultKind.Repeat, FaultKind.OtherBody);
        goal.Reached($"{sendings.Count} events in {sendings.Batches} batches on 3 writers: {actual.Accepted} kept, {actual.Duplicates} duplicates, {actual.IdConflicts} of them with another body, every count exact");
    }
}
