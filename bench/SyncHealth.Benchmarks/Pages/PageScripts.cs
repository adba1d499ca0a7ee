namespace SyncHealth.Benchmarks.Pages;

/// <summary>What runs in the measured pages. Times are milliseconds since navigation began.</summary>
internal static class PageScripts
{
    /// <summary>Notes, in every page, when it answers to input, when it has its answer, and when every chart is drawn.</summary>
    public const string Watch = """
        (() => {
          const seen = window.seen = {};
          const note = (name, holds) => { if (!(name in seen) && holds()) seen[name] = performance.now(); };
          const watch = new MutationObserver(() => {
            note('interactive', () => document.documentElement?.dataset.interactive);
            note('answered', () => document.querySelector('main .answers[aria-busy=false]'));
            note('drawn', () => 'answered' in seen && [...document.querySelectorAll('.apex')].every(chart => chart.dataset.ready));
            if ('drawn' in seen && 'interactive' in seen) watch.disconnect();
          });
          watch.observe(document, { subtree: true, childList: true, attributes: true });
        })()
        """;

    /// <summary>What was noted, when all of it was; an error after a minute.</summary>
    public const string Loaded = """
        new Promise((done, fail) => {
          const look = () => {
            const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
            if (document.hidden) fail(new Error('The page is hidden: nothing it does would count.'));
            else if (paint !== undefined && 'drawn' in seen && 'interactive' in seen) done({ paint, ...seen });
            else if (performance.now() > 60000) fail(new Error('After a minute the page has only ' + JSON.stringify({ paint, ...seen })));
            else setTimeout(look, 10);
          };
          look();
        })
        """;

    /// <summary>Clicks a row of the breakdown and waits until the numbers of its address are painted; says how long that took, then goes back and waits likewise.</summary>
    /// <param name="row">From 0; beyond the last it begins again.</param>
    public static string DrillDown(int row) => $$"""
        (async () => {
          const frame = () => new Promise(requestAnimationFrame);
          const shows = address => {
            const answers = document.querySelector('main .answers[aria-busy=false]');
            return answers && new URL(answers.dataset.address, location).href === address;
          };
          const until = async address => {
            for (const start = performance.now(); !shows(address); await frame())
              if (performance.now() - start > 60000) throw new Error('After a minute the page does not show ' + address);
          };
          const links = [...document.querySelectorAll('#breakdown tbody th a')];
          const link = links[{{row}} % links.length];
          // As the page writes its own address, whatever led here.
          const before = new URL(document.querySelector('main .answers').dataset.address, location).href;
          const start = performance.now();
          link.click();
          await until(link.href);
          await frame();
          const took = performance.now() - start;
          history.back();
          await until(before);
          return took;
        })()
        """;
}
