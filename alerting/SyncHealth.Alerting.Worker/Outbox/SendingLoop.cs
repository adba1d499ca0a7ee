using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Worker.Configuration;

namespace SyncHealth.Alerting.Worker.Outbox;

/// <summary>Keeps every receiver's sender at work until the process stops.</summary>
internal sealed class SendingLoop(SetupInForce setup, Senders senders, ReceiverPublication receivers, ReceiverTesting testing, ILogger<SendingLoop> log) : BackgroundService
{
    /// <summary>Time between two looks into an empty outbox. On the wall clock: at sixty times its speed the database would feel it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            using var inForce = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var replaced = setup.Replaced;
            var sending = SendAsync(inForce.Token);
            await replaced.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await inForce.CancelAsync();
            await sending;
        }
    }

    /// <summary>Sends with the receivers of now, until they are replaced or the process stops; requests under way are waited for.</summary>
    private async Task SendAsync(CancellationToken cancellationToken)
    {
        // First: where a refusal goes stands there.
        var isPublished = false;
        await RunAsync(async () => isPublished = await receivers.PublishAsync(cancellationToken), () => isPublished, cancellationToken);
        await Task.WhenAll(senders.All.Select(sender => (Func<CancellationToken, Task<bool>>)sender.SendNextAsync).Append(testing.RunNextAsync)
            .Select(step => Task.Run(() => RunAsync(() => step(cancellationToken), () => false, cancellationToken), CancellationToken.None)));
    }

    private async Task RunAsync(Func<Task<bool>> step, Func<bool> isOver, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && !isOver())
        {
            try
            {
                if (!await step())
                    await Task.Delay(Pause, TimeProvider.System, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Log.SendingFailed(log, failure);
                await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
