using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SyncHealth.Faults.Tests.SeededBugs;

/// <summary>A bug in what happens to a request before, or to its answer after, the product's routes.</summary>
/// <param name="Name">What the bug is called.</param>
/// <param name="Spoil">Called for each request, before the routes.</param>
internal sealed record RequestBug(string Name, Func<HttpContext, Task> Spoil) : SeededBug(Name)
{
    public override void Plant(WebApplication app) => app.Use(async (context, next) =>
    {
        await Spoil(context);
        await next(context);
    });
}
