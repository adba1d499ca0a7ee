using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Tests.Live;

public sealed class ViewerPresenceTests
{
    private readonly ViewerPresence _presence = new();
    private int _changes;

    public ViewerPresenceTests() => _presence.Changed += () => _changes++;

    [Fact]
    public void SetVisible_TabGoesToTheBack_NobodyWatches()
    {
        _presence.SetVisible(false);

        Assert.False(_presence.IsWatching);
        Assert.Equal(1, _changes);
    }

    [Fact]
    public async Task Connection_DownAndUp_WatchesAgainOnlyWhenVisible()
    {
        _presence.SetVisible(false);
        await _presence.OnConnectionDownAsync(null!, CancellationToken.None);
        await _presence.OnConnectionUpAsync(null!, CancellationToken.None);
        Assert.False(_presence.IsWatching);

        _presence.SetVisible(true);

        Assert.True(_presence.IsWatching);
        Assert.Equal(2, _changes);
    }

    [Fact]
    public void SetClock_Same_IsNoChange()
    {
        _presence.SetClock(ViewerClock.Of("Europe/Berlin", 60));
        _presence.SetClock(ViewerClock.Of("Europe/Berlin", 60));

        Assert.Equal(1, _changes);
    }
}
