using SyncHealth.Client.Recording;
using SyncHealth.Client.Tests.Support;

namespace SyncHealth.Client.Tests.Recording;

public sealed class EventIdsTests
{
    [Fact]
    public void Next_AnyTime_IsVersion7WithThatTime()
    {
        using var ids = new EventIds();

        var id = ids.Next(Some.Now);

        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        Assert.Equal(Guid.CreateVersion7(Some.Now).ToString()[..13], id.ToString()[..13]);
    }

    [Fact]
    public void Next_ManyAtOneTime_AreAllDifferent()
    {
        using var ids = new EventIds();

        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(_ => ids.Next(Some.Now)).Distinct().Count());
    }
}
