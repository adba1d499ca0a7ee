using SyncHealth.Ingest.Limits;
using Xunit;

namespace SyncHealth.Ingest.Tests.Limits;

public sealed class RecentBatchesTests
{
    [Fact]
    public void SeenBefore_ManyOthersLater_IsForgottenAndNeverGrows()
    {
        var recent = new RecentBatches();

        Assert.False(recent.SeenBefore(1));
        Assert.True(recent.SeenBefore(1));
        for (var i = 0; i < 70_000; i++)
            recent.SeenBefore(100 + i);
        Assert.True(recent.SeenBefore(1));
        for (var i = 0; i < 200_000; i++)
            recent.SeenBefore(1_000_000 + i);
        Assert.False(recent.SeenBefore(1));
    }
}
