using System.Collections;

namespace SyncHealth.Alerting.Tests.Messages;

/// <summary>A list that fails whoever looks into it: what a mistake in the wording of a message does.</summary>
internal sealed class BrokenList<T> : IReadOnlyList<T>
{
    public int Count => throw new InvalidOperationException("count");

    public T this[int index] => throw new InvalidOperationException("item");

    public IEnumerator<T> GetEnumerator() => throw new InvalidOperationException("items");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
