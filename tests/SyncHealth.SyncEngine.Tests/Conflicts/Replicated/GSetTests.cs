using SyncHealth.SyncEngine.Conflicts.Replicated;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Replicated;

public sealed class GSetTests : ReplicatedLaws<GSet>
{
    [Fact]
    public void Merge_IsTheUnionInOrdinalOrder() =>
        Assert.Equal(["Z", "a", "ä"], GSet.Empty.Add("a").Add("ä").Merge(GSet.Empty.Add("Z").Add("a")).Items);

    /// <inheritdoc/>
    protected override GSet Act(GSet state, Here here, int kind, int value) => state.Add($"item {value}");
}
