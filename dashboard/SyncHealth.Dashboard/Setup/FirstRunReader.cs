using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Intake;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Setup;

/// <summary>Asks whether an app has sent anything.</summary>
public sealed class FirstRunReader(IAppReader apps, IIntakeReader intake, TimeProvider clock) : IPageReader<PageState, FirstRunView>
{
    /// <inheritdoc/>
    public async Task<FirstRunView> ReadAsync(PageState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var frame = await PageFrame.ReadAsync(apps, state.App, clock, cancellationToken);
        if (frame.App is not { Name: var app })
            return new FirstRunView(frame, null);
        var facts = await intake.ReadFactsAsync(app, frame.Now, cancellationToken);
        return new FirstRunView(frame, facts.LastReceivedAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null);
    }
}
