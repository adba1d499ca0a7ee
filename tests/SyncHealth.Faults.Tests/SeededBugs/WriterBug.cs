using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Faults.Tests.SeededBugs;

/// <summary>A bug between edge and writer.</summary>
/// <param name="Name">What the bug is called.</param>
/// <param name="Write">Called instead of the writer, with the real one at hand.</param>
internal sealed record WriterBug(string Name, Func<BatchWriter, EventBatch, CancellationToken, ValueTask<WriteReceipt>> Write) : SeededBug(Name)
{
    public override void Plant(IServiceCollection services) => services.AddSingleton<IEventWriter>(provider => Spoil(provider.GetRequiredService<BatchWriter>()));

    /// <summary>The same for suites that have no server.</summary>
    public IEventWriter Spoil(BatchWriter writer) => new SpoiledWriter(writer, Write);
}
