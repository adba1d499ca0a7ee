using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>B7: one poisonous event among a hundred costs the others nothing, down to the database.</summary>
public sealed class PoisonTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Write_OnePoisonInAHundred_TheOthersAreCountedWhateverItIs()
    {
        var goal = new Goal("B7");
        var (poisons, counted, rejected) = await PoisonRun.RunAsync(_database, writer => writer);
        goal.Reached($"{poisons} poisons in batches of 100 each: {counted} events counted, {rejected} refused with their reason, no other event lost");
    }
}
