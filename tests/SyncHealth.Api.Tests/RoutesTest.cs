using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Api.Tests;

/// <summary>Every test of a class has a database of its own and the whole API over it, asked from this machine without a token.</summary>
public abstract class RoutesTest : IAsyncLifetime
{
    protected TestDatabase Database { get; private set; } = null!;

    internal ApiStage Stage { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        Stage = await ApiStage.StartAsync(new ApiOptions { LoopbackWithoutToken = true }, Database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Stage.DisposeAsync();
        await Database.DisposeAsync();
    }
}
