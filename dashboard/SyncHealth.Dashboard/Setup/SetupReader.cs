using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Accounts;
using SyncHealth.Storage.Apps;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Setup;

/// <summary>Asks what an installation is set up to take, and from whom.</summary>
public sealed class SetupReader(IAppReader apps, AppSettingStore settings, KeyStore keys, AccountStore accounts, InvitationStore invitations, TimeProvider clock)
    : IPageReader<PageState, SetupView>
{
    /// <summary>The dimension that tells a test build's events from those of everybody.</summary>
    private const string Environment = "environment";

    /// <inheritdoc/>
    public async Task<SetupView> ReadAsync(PageState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var frame = await PageFrame.ReadAsync(apps, state.App, clock, cancellationToken);
        var environments = frame.Apps.ToDictionary(app => app.Name, app => app.Dimensions.GetValueOrDefault(Environment, []), StringComparer.Ordinal);
        return new SetupView(
            frame,
            [.. (await keys.ListAsync(cancellationToken)).OrderBy(key => key.RevokedAt is not null)],
            [.. (await settings.ListAsync(cancellationToken)).Select(setting => new AppLine(setting, environments.GetValueOrDefault(setting.App, [])))],
            await accounts.ListAsync(cancellationToken),
            await invitations.ListAsync(cancellationToken));
    }
}
