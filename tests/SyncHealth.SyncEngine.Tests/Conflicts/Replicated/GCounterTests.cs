using SyncHealth.SyncEngine.Conflicts.Replicated;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Replicated;

public sealed class GCounterTests : ReplicatedLaws<GCounter>
{
    [Fact]
    public void Merge_OfTwoThatCountedOffline_IsTheSum()
    {
        var shared = GCounter.Empty.Add("phone", 2);

        var merged = shared.Add("phone", 3).Merge(shared.Add("tablet", 4));

        Assert.Equal(9, merged.Value);
    }

    [Fact]
    public void Merge_OfAnOlderState_DoesNotCountTwice()
    {
        var older = GCounter.Empty.Add("phone");

        Assert.Equal(2, older.Add("phone").Merge(older).Merge(older).Value);
    }

    [Fact]
    public void Add_Negative_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => GCounter.Empty.Add("phone", -1));

    /// <inheritdoc/>
    protected override GCounter Act(GCounter state, Here here, int kind, int value) => state.Add(here.Device, value);
}
