using Microsoft.JSInterop;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Tests.Fakes;

namespace SyncHealth.Dashboard.Tests.Live;

public sealed class BrowserHoldTests
{
    [Theory]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task Release_ViewerLeavesMeanwhile_IsNoError(Type thrown) =>
        await BrowserHold.ReleaseAsync(new FakeBrowserObject((Exception)Activator.CreateInstance(thrown)!), "destroy", new FakeBrowserObject());

    [Fact]
    public async Task Release_ViewerIsGone_IsNoError() =>
        await BrowserHold.ReleaseAsync(new FakeBrowserObject(new JSDisconnectedException("gone")), "destroy", new FakeBrowserObject());

    [Fact]
    public async Task Release_ViewerIsThere_EndsTheObjectAndLetsGoOfBoth()
    {
        var (held, module) = (new FakeBrowserObject(), new FakeBrowserObject());

        await BrowserHold.ReleaseAsync(held, "destroy", module);

        Assert.Equal(["destroy", "dispose"], held.Calls);
        Assert.Equal(["dispose"], module.Calls);
    }

    [Fact]
    public async Task Release_NothingWasMade_DoesNothing() => await BrowserHold.ReleaseAsync(null, "destroy", null);

    [Fact]
    public async Task Release_ScriptIsBroken_SaysSo() => await Assert.ThrowsAsync<JSException>(
        async () => await BrowserHold.ReleaseAsync(new FakeBrowserObject(new JSException("no function")), "destroy", null));
}
