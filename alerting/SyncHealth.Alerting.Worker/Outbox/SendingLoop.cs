using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SyncHealth.Alerting.Worker.Outbox;

/// <summary>Keeps every receiver's sender at work until the process stops.</summary>
internal sealed class SendingLoop(IReadOnlyList<OutboxSender> senders, ReceiverPublication receivers, ReceiverTesting testing, ILogger<SendingLoop> log) : BackgroundService
{
    /// <summary>Time between two looks into an empty outbox. On the wall clock: at sixty times its speed the database would feel it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // First: where a refusal goes stands there.
        var isPublished = false;
        await RunAsync(async () => isPublished = await receivers.PublishAsync(stoppingToken), () => isPublished, stoppingToken);
        await Task.WhenAll(senders.Select(sender => (Func<CancellationToken, Task<bool>>)sender.SendNextAsync).Append(testing.RunNextAsync)
            .Select(step => Task.Run(() => RunAsync(() => step(stoppingToken), () => false, stoppingToken), CancellationToken.None)));
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
