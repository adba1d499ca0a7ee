using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Faults.Tests.SeededBugs;

/// <summary>A bug between edge and writer.</summary>
/// <param name="Name">What the bug is called.</param>
/// <param name="Write">Called instead of the writer, with the real one at hand.</param>
internal sealed record WriterBug(string Name, Func<BatchWriter, EventBatch, CancellationToken, ValueTask<WriteReceipt>> Write) : SeededBug(Name)
{
    public override void Plant(IServiceCollection services) =>
        services.AddSingleton<IEventWriter>(provider => new Spoiled(provider.GetRequiredService<BatchWriter>(), Write));

    private sealed class Spoiled(BatchWriter writer, Func<BatchWriter, EventBatch, CancellationToken, ValueTask<WriteReceipt>> write) : IEventWriter
    {
        public ValueTask<WriteReceipt> WriteAsync(EventBatch batch, CancellationToken cancellationToken) => write(writer, batch, cancellationToken);
    }
}
